"""What each page shows, as strings ready to print: between the views and the queries."""
