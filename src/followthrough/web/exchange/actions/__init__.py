"""What changes the records of the app, one module for each noun."""
