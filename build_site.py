"""Build the site: `python build_site.py`, the same as `stuntbook build`; `python build_site.py --help` shows the rest."""

from stuntbook.cli import main

if __name__ == "__main__":
    main(prog_name="build_site.py")
