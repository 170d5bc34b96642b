//! What came out: rows with a bar beside each figure, printed, kept as JSON, and put into the document beside the
//! sources. Nothing is measured here.

use e2e::{Result, Value, json};
use std::path::Path;

/// What a figure is held against.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// At most so many times the other figure.
    Times(f64),
    /// At most so much more than the other figure.
    Plus(f64),
    /// At most so much.
    Most(f64),
    /// Nothing; it is only told.
    None,
}

/// A line of the table.
pub struct Row {
    what: String,
    size: String,
    unit: &'static str,
    ours: f64,
    other: Option<(&'static str, f64)>,
    bar: Bar,
}

impl Row {
    /// A figure of ours in milliseconds, to which nothing is compared yet.
    pub fn new(what: impl Into<String>, size: impl Into<String>, ours: f64) -> Self {
        Self { what: what.into(), size: size.into(), unit: "ms", ours, other: None, bar: Bar::None }
    }

    /// In another unit.
    pub fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Beside the figure of something else.
    pub fn against(mut self, name: &'static str, figure: f64) -> Self {
        self.other = Some((name, figure));
        self
    }

    /// What it must keep to.
    pub fn bar(mut self, bar: Bar) -> Self {
        self.bar = bar;
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.other.map(|(_, other)| self.ours / other).filter(|ratio| ratio.is_finite())
    }

    fn holds(&self) -> Option<bool> {
        let other = self.other.map_or(f64::NAN, |(_, other)| other);
        match self.bar {
            Bar::Times(most) => Some(self.ours <= other * most),
            Bar::Plus(most) => Some(self.ours <= other + most),
            Bar::Most(most) => Some(self.ours <= most),
            Bar::None => None,
        }
    }

    fn to_json(&self) -> Value {
        let name = self.other.map_or("", |(name, _)| name);
        let bar = match self.bar {
            Bar::Times(most) => format!("≤ {most} × {name}"),
            Bar::Plus(most) => format!("≤ {name} + {most} {}", self.unit),
            Bar::Most(most) => format!("≤ {most} {}", self.unit),
            Bar::None => String::new(),
        };
        json!({
            "what": self.what, "size": self.size, "unit": self.unit, "ours": short(self.ours),
            "other": self.other.map(|(_, other)| short(other)), "against": name,
            "ratio": self.ratio().map(short), "bar": bar, "holds": self.holds(),
        })
    }
}

/// Three figures that count are enough.
fn short(value: f64) -> f64 {
    let digits = if value.abs() < 10.0 { 100.0 } else { 10.0 };
    (value * digits).round() / digits
}

/// A part of the table as it is kept.
pub fn part(title: &str, seconds: f64, rows: &[Row]) -> Value {
    json!({ "title": title, "seconds": seconds.round(), "rows": rows.iter().map(Row::to_json).collect::<Vec<_>>() })
}

/// The table of one part, as Markdown, which reads well on a terminal too.
pub fn table(part: &Value) -> String {
    let rows = part["rows"].as_array().cloned().unwrap_or_default();
    let head = ["what", "size", "ours", "compared with", "ratio", "bar", "holds"].map(str::to_owned);
    let line = |row: &Value| {
        let unit = row["unit"].as_str().unwrap_or_default();
        let figure = |value: &Value| value.as_f64().map_or(String::new(), |value| format!("{value}"));
        let against = row["against"].as_str().unwrap_or_default();
        let holds = match row["holds"].as_bool() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "",
        };
        let other =
            if row["other"].is_null() { String::new() } else { format!("{against}: {}", figure(&row["other"])) };
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        [
            text("what"),
            text("size"),
            format!("{} {unit}", figure(&row["ours"])),
            other,
            figure(&row["ratio"]),
            text("bar"),
            holds.to_owned(),
        ]
    };
    let lines: Vec<[String; 7]> = std::iter::once(head).chain(rows.iter().map(line)).collect();
    let wide = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let width: [usize; 7] = std::array::from_fn(wide);
    let mut out = format!("### {}\n\n", part["title"].as_str().unwrap_or_default());
    for (i, line) in lines.iter().enumerate() {
        let cells: Vec<String> = line.iter().zip(width).map(|(cell, width)| format!("{cell:<width$}")).collect();
        out += &format!("| {} |\n", cells.join(" | "));
        if i == 0 {
            out += &format!("|{}|\n", width.map(|width| "-".repeat(width + 2)).join("|"));
        }
    }
    out
}

/// All parts, in the order of the document.
const ORDER: [&str; 10] = ["open", "shapes", "edit", "pace", "scroll", "memory", "export", "formats", "boot", "bulk"];

const BEGIN: &str = "<!-- figures: written by `cargo xtask bench` -->";
const END: &str = "<!-- end of the figures -->";

/// Keeps the parts that were measured beside those of earlier runs, and writes the document's tables anew.
pub fn keep(folder: &Path, machine: &Value, measured: &[(&str, Value)]) -> Result<()> {
    let file = folder.join("results.json");
    let mut all: Value =
        std::fs::read_to_string(&file).ok().and_then(|old| serde_json::from_str(&old).ok()).unwrap_or(json!({}));
    for (name, part) in measured {
        let mut part = part.clone();
        part["machine"] = machine.clone();
        all["parts"][name] = part;
    }
    std::fs::write(&file, serde_json::to_string_pretty(&all)? + "\n")?;
    let mut figures = String::new();
    for part in ORDER.iter().map(|name| &all["parts"][name]).filter(|part| part.is_object()) {
        figures += &format!("\n{}\n{}\n", table(part), origin(part));
    }
    let document = folder.join("README.md");
    let text = std::fs::read_to_string(&document)?;
    if let (Some(begin), Some(end)) = (text.find(BEGIN), text.find(END)) {
        let text = format!("{}\n{figures}\n{}", &text[..begin + BEGIN.len()], &text[end..]);
        std::fs::write(&document, text)?;
    }
    Ok(())
}

/// Where and when a part was measured.
fn origin(part: &Value) -> String {
    let machine = &part["machine"];
    let text = |name: &str| machine[name].as_str().unwrap_or("?").to_owned();
    format!(
        "{}, revision {}, {}, {} processors; it took {} s.",
        text("date"),
        text("revision"),
        text("browser"),
        machine["processors"],
        part["seconds"]
    )
}
