"""What explore is put together from: figures of the frame, and the words beside them."""
