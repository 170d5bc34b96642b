//! What the journeys are made with: a server for the site, a browser, and a person's hands.
//!
//! In reading order: [`engine`] (which browsers there are, and what can't be tried in them),
//! [`setup`] (where site and browsers are), [`server`], [`display`], [`driver`], [`session`], [`page`] (a browser
//! that shows the site), [`window`] (its size and look), [`tabs`] (more windows), [`keys`] and [`pointer`] (the hands),
//! [`article`] (what the page shows and holds), [`dialogs`] and [`files`] (loading and saving), [`copies`] (what
//! it keeps), [`listener`] (whom nothing must reach), [`version`] (the site as it will be), [`count`] (offsets
//! counted without the app), [`long`] (an article of which one sees little), [`axe`] (the accessibility check),
//! [`journey`] (one test from start to end), [`origin`] (what a figure depends on).
//!
//! Nothing here waits for a fixed time: [`wait::until`] looks until something is so, or fails.

pub mod article;
pub mod axe;
pub mod copies;
pub mod count;
pub mod dialogs;
pub mod display;
pub mod driver;
pub mod engine;
pub mod files;
pub mod journey;
pub mod keys;
pub mod listener;
pub mod long;
pub mod origin;
pub mod page;
pub mod pointer;
pub mod server;
pub mod session;
pub mod setup;
pub mod tabs;
pub mod version;
pub mod wait;
pub mod window;

pub use anyhow::{self, Context, Result, bail, ensure};
pub use engine::{Engine, Need};
pub use journey::{Settings, journey};
pub use page::Page;
pub use serde_json::{Value, from_str, from_value, json};
pub use window::Look;
