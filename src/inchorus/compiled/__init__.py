"""Machine code of kernels: where it is kept, which of it is current, and how it is made ahead of its use."""
