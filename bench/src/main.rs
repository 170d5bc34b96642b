//! How long things take. `bench native` measures the core, `bench browser` the release site in a real
//! browser; both print a table of medians. `cargo xtask bench` runs the two.
//!
//! Nothing is asserted here: a time belongs into a table, not into a test.

mod browser;
mod native;
mod scaling;
mod table;

use bench::corpus;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("native") => native::run(),
        Some("browser") => browser::run()?,
        // For `scaling`, which runs this program again to count instructions.
        Some("once") => {
            let word = |at| std::env::args().nth(at).unwrap_or_default();
            scaling::once(&word(2), &word(3)).ok_or("once: the number of an operation and a size")?;
        }
        _ => {
            native::run();
            browser::run()?;
        }
    }
    Ok(())
}
