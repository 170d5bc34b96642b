//! Journeys: what people do with the page, from the first visit to the saved file, in a real browser on
//! the release site. One file for each theme.

mod access;
mod bad_files;
mod exchange;
mod far;
mod focus;
mod interface;
mod jumps;
mod keeping;
mod keyboard;
mod loading;
mod mouse;
mod overlap;
mod persistence;
mod scripts;
mod tabs;
mod touch;
mod trouble;
mod windowing;
mod witness;
