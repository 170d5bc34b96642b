//! Journeys: what people do with the page, from the first visit to the saved file, in a real browser on
//! the release site. One file for each theme.

mod access;
mod back;
mod bad_files;
mod check;
mod exchange;
mod far;
mod filed;
mod focus;
mod formats;
mod ground;
mod hostile;
mod interface;
mod jumps;
mod keeping;
mod keyboard;
mod limits;
mod lines;
mod loading;
mod mouse;
mod offline;
mod one_file;
mod one_line;
mod outbound;
mod overlap;
mod persistence;
mod scripts;
mod tabs;
mod touch;
mod trouble;
mod web_pages;
mod windowing;
mod witness;
