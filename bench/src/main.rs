//! How long things take. `bench native` measures the core, `bench browser` the release site in a real
//! browser; both print a table of medians. `cargo xtask bench` runs the two.
//!
//! Nothing is asserted here: a time belongs into a table, not into a test.

mod browser;
mod corpus;
mod native;
mod table;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("native") => native::run(),
        Some("browser") => browser::run()?,
        _ => {
            native::run();
            browser::run()?;
        }
    }
    Ok(())
}
