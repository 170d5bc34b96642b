//! What is measured: articles of many shapes and the core's operations on them. The program of this
//! crate and its criterion benches both measure these.

pub mod corpus;
pub mod operations;
pub mod shapes;
