"""Build the site, as `stuntbook build` does. `python build_site.py --help` shows what else it can do."""

from stuntbook.cli import main

if __name__ == "__main__":
    main(prog_name="build_site.py")
