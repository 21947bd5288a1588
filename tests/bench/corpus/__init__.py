"""Labelled pages to judge the detection of phone numbers by, and their scorer."""
