"""Every question that is asked of a study: what people touch asks here, and nothing else writes SQL for them."""
