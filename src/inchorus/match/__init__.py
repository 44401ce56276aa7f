"""From words to talking points and their passages."""
