"""``python -m ksbtui``."""

from ksbtui.cli import main

if __name__ == "__main__":
    main()
