"""The suites, as a package: so that one suite can use the stand-in of another folder."""
