"""What stands before Django: sockets are read and written on an event loop, and only whole requests take a thread."""
