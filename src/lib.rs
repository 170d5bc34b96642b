//! The annotator: mark quotes, claims and entities in news articles, without a server.
pub mod formats {
    //! Stub while the real one is being written.
    pub mod project {
        //! Stub.
        use crate::model::Change;
        #[derive(Clone, Debug, PartialEq)]
        pub struct Plan {
            pub changes: Vec<Change>,
            pub next_id: u64,
        }
    }
}
pub mod model;
pub mod paint;
pub mod samples;
pub mod state;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod words;
