"""What holds and queries the tables: Parquet folders and DuckDB."""
