//! The release site in a real browser, held against two bare pages (see `bench/pages`), by real input events. What
//! counts is the processor time of the page's main thread.
//!
//! Each part gives rows for the table. In reading order: [`stage`] (a browser on one of the pages), [`hands`] (keys
//! and mouse), then the parts.

mod boot;
mod bulk;
mod echo;
mod edit;
mod export;
mod hands;
mod memory;
mod open;
mod pace;
mod profile;
mod scroll;
mod shapes;
pub mod stage;

use crate::corpus;
use crate::report::{self, Row};
use crate::{machine, table};
use e2e::{Result, bail, setup};
use std::time::Instant;

/// A size of article: how it is called, bytes of text, marks on it.
pub struct Size {
    name: &'static str,
    bytes: usize,
    marks: usize,
}

impl Size {
    const fn new(name: &'static str, bytes: usize, marks: usize) -> Self {
        Self { name, bytes, marks }
    }

    /// The project file of a news-like article.
    fn file(&self) -> String {
        corpus::file(&corpus::state(self.bytes, self.marks))
    }
}

/// A report's length.
pub const SMALL: Size = Size::new("2.5 KB / 30", 2_500, 30);
/// A long reading.
pub const MIDDLE: Size = Size::new("200 KB / 3,000", 200_000, 3_000);
/// A book.
pub const LARGE: Size = Size::new("1 MB / 10,000", 1_000_000, 10_000);
/// More than anybody reads.
pub const HUGE: Size = Size::new("5 MB / 50,000", 5_000_000, 50_000);
/// The sizes at which people work.
pub const SIZES: [Size; 3] = [SMALL, MIDDLE, LARGE];

/// The parts in the order of the table.
const PARTS: [(&str, &str); 9] = [
    ("open", "Open a project file: from its arrival to painted marks"),
    ("shapes", "Articles of unusual shapes, 200 KB / 3,000: open, and add a mark"),
    ("edit", "Change one mark by key"),
    ("pace", "Within a frame"),
    ("scroll", "Scroll"),
    ("memory", "Memory of the page's process"),
    ("export", "Export the project file"),
    ("boot", "Boot: from the navigation until the page can be used, on the clock"),
    ("bulk", "Many marks at once"),
];

/// Measures the parts whose names were given, or all, prints their tables and keeps them.
pub fn run(wanted: &[String]) -> Result<()> {
    let names = PARTS.map(|(name, _)| name);
    if let Some(unknown) = wanted.iter().find(|word| !names.contains(&word.as_str())) {
        bail!("there is no part `{unknown}`; there are: {}", names.join(", "));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let machine = runtime.block_on(machine::describe())?;
    for (name, title) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            let start = Instant::now();
            let rows = runtime.block_on(measure(name))?;
            let seconds = start.elapsed().as_secs_f64();
            let part = report::part(title, seconds, &rows);
            println!("\n{}\n{seconds:.0} s", report::table(&part));
            if profile::is_wanted() {
                continue;
            }
            report::keep(&setup::root().join("bench"), &machine, &[(name, part)])?;
        }
    }
    Ok(())
}

async fn measure(part: &str) -> Result<Vec<Row>> {
    match part {
        "open" => open::rows().await,
        "shapes" => shapes::rows().await,
        "edit" => edit::rows().await,
        "pace" => pace::rows().await,
        "scroll" => scroll::rows().await,
        "memory" => memory::rows().await,
        "export" => export::rows().await,
        "boot" => boot::rows().await,
        _ => bulk::rows().await,
    }
}

/// The median; nothing for nothing.
fn median(figures: &[f64]) -> f64 {
    table::median(figures.to_vec())
}
