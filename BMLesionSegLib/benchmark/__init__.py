"""The speed of this machine, measured in one run against the plain ways."""
