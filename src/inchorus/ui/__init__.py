"""The evidence browser: pages over a study, each a page of data plus a template. It reads a study and runs no stage."""
