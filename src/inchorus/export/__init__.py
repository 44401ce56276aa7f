"""A study in the formats of other tools: networks, spreadsheets, databases, annotations."""
