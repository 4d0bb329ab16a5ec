"""Files and pictures outside the database: what is done to bytes before a row names them, and how they are served."""
