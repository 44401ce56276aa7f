"""Whether a fact-checker would sign what is called a repeat: planted near misses, and judged passages."""
