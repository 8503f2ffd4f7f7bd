"""Build the site, as `stuntbook build` does. `python build_site.py --help` shows what else it can do."""

import os

from stuntbook.__main__ import main

if __name__ == "__main__":
    main(os.path.dirname(os.path.abspath(__file__)))
