"""The command line: with the pre-send check, the only room that reads files, prints, or picks an exit status."""
