"""Build the site, as `stuntbook build` does. `python build_site.py --help` shows what else it can do."""

from pathlib import Path

from stuntbook.__main__ import main

if __name__ == "__main__":
    main(Path(__file__).parent)
