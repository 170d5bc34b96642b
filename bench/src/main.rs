//! How long things take. `bench native` measures the core, `bench browser` the release site in a real browser, held
//! against bare pages; `bench browser open edit` only these parts. `bench formats` writes and reads every format. `cargo xtask bench` runs the two.
//!
//! Nothing is asserted here: a time belongs into a table, not into a test.

mod browser;
mod formats;
mod machine;
mod native;
mod report;
mod scaling;
mod table;

use bench::corpus;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.split_first() {
        Some((first, _)) if first == "native" => native::run(),
        Some((first, _)) if first == formats::NAME => formats::run()?,
        Some((first, parts)) if first == "browser" => browser::run(parts)?,
        // For `scaling`, which runs this program again to count instructions.
        Some((first, rest)) if first == "once" => {
            let word = |at: usize| rest.get(at).cloned().unwrap_or_default();
            scaling::once(&word(0), &word(1)).ok_or("once: the number of an operation and a size")?;
        }
        _ => {
            native::run();
            formats::run()?;
            browser::run(&[])?;
        }
    }
    Ok(())
}
