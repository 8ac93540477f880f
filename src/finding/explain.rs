//! What each code means, at length.
