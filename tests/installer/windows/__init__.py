"""The host for Windows and its installers, tried under Wine: a smoke test on Linux, never a release."""
