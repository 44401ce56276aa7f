"""Kernels: the decorator and the types, order inside them, and their machine code, kept between runs and made ahead."""
