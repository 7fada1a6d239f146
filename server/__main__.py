"""`python -m server`: hands over to the command line. Nothing else happens here."""

from server.cli import kring

if __name__ == "__main__":
    kring(prog_name="./kring")
