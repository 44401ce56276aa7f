"""Articles from the web: asked for politely, kept as they were answered, and turned into documents."""
