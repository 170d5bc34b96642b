//! By keyboard alone.
