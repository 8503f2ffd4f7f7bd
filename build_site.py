"""Build the site, as `stuntbook build` does. `python build_site.py --help` shows what else it can do."""

from pathlib import Path

from stuntbook.cli import main

if __name__ == "__main__":
    here = {"root": str(Path(__file__).parent)}
    main(prog_name="build_site.py", default_map=dict.fromkeys(main.commands, here))
