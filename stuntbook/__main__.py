"""The command `stuntbook`, as `python -m stuntbook`."""

from stuntbook.cli import main

if __name__ == "__main__":
    main()
