//! The table of sizes: what one visit costs, raw, with gzip and with brotli, and how large the one file is.
//!
//! It only measures and prints; a site over its budget is still a site.

use crate::process::capture;
use anyhow::{Context, Result, bail};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a whole visit may cost with brotli, in bytes.
const BUDGET: u64 = 200 * 1024;

/// What the one file may take on the disk, in bytes.
const FILE_BUDGET: u64 = 400_000;

/// The sizes of one file: raw, gzip, brotli.
pub type Sizes = [u64; 3];

/// Measures the files of a visit and gives back the table.
pub fn table(files: &[PathBuf]) -> Result<String> {
    let sizes = measure(files)?;
    let rows: Vec<(&Path, Sizes)> = files.iter().map(PathBuf::as_path).zip(sizes).collect();
    Ok(render(&rows))
}

/// What comes when it is asked for, and by how much all formats together make the program larger.
pub fn later(visit: &[PathBuf], later: &[PathBuf]) -> Result<String> {
    let is_program = |file: &&PathBuf| file.extension().is_some_and(|end| end == "wasm");
    let programs: Vec<PathBuf> =
        [visit, later].into_iter().filter_map(|all| all.iter().find(is_program)).cloned().collect();
    let (sizes, measured) = (measure(later)?, measure(&programs)?);
    let [page, full] = measured.as_slice() else { bail!("there are no two programs to compare") };
    let mut out = lines("when asked for, bytes", later.iter().map(PathBuf::as_path).zip(sizes));
    let growth = [0, 1, 2].map(|at| grouped(full[at].saturating_sub(page[at])));
    let _ = writeln!(out, "{:<40} {:>10} {:>10} {:>10}", "all formats together", growth[0], growth[1], growth[2]);
    Ok(out)
}

/// How large the one file is, in a line.
pub fn one_file(file: &Path) -> Result<String> {
    let size = fs::metadata(file).with_context(|| format!("there is no {}", file.display()))?.len();
    let verdict = verdict(size, FILE_BUDGET);
    Ok(format!("one file: {} bytes, {verdict} the budget of {}", grouped(size), grouped(FILE_BUDGET)))
}

fn verdict(size: u64, budget: u64) -> &'static str {
    if size <= budget { "within" } else { "OVER" }
}

/// Measures files, each for itself.
pub fn measure(files: &[PathBuf]) -> Result<Vec<Sizes>> {
    let mut node = Command::new("node");
    node.args(["-e", include_str!("../web/sizes.js"), "--"]).args(files);
    let printed = capture(&mut node).context("could not measure the site")?;
    let sizes = parse(&printed)?;
    if sizes.len() != files.len() {
        bail!("the measuring script told {} sizes of {} files", sizes.len(), files.len());
    }
    Ok(sizes)
}

fn parse(printed: &str) -> Result<Vec<Sizes>> {
    printed
        .lines()
        .map(|line| {
            let mut numbers = line.split_whitespace().map(str::parse::<u64>);
            let mut next = || {
                let number = numbers.next().context("a size is missing")?;
                number.with_context(|| format!("`{line}` is no line of sizes"))
            };
            Ok([next()?, next()?, next()?])
        })
        .collect()
}

fn render(rows: &[(&Path, Sizes)]) -> String {
    let mut out = lines("one visit, bytes", rows.iter().copied());
    let brotli: u64 = rows.iter().map(|(_, [_, _, brotli])| brotli).sum();
    let verdict = verdict(brotli, BUDGET);
    let _ =
        writeln!(out, "{verdict} the budget of {} bytes with brotli ({} %)", grouped(BUDGET), brotli * 100 / BUDGET);
    out
}

/// A line for each file and one for all.
fn lines<'a>(head: &str, rows: impl Iterator<Item = (&'a Path, Sizes)>) -> String {
    let mut out = String::new();
    let mut line = |name: &str, [raw, gzip, brotli]: [String; 3]| {
        let _ = writeln!(out, "{name:<40} {raw:>10} {gzip:>10} {brotli:>10}");
    };
    line(head, ["raw", "gzip", "brotli"].map(str::to_owned));
    let mut total = [0; 3];
    for (file, sizes) in rows {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        line(&name, sizes.map(grouped));
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    line("total", total.map(grouped));
    out
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let cases = [(0, "0"), (999, "999"), (1000, "1 000"), (1_234_567, "1 234 567")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_table_adds_up_and_tells_of_the_budget() {
        let rows =
            [(Path::new("dist/a.js"), [3000, 2000, 1000]), (Path::new("dist/b.wasm"), [300_000, 250_000, BUDGET])];
        let text = render(&rows);
        assert!(text.contains("303 000") && text.contains("OVER"), "{text}");
        assert!(render(&rows[..1]).contains("within"));
    }

    #[test]
    fn what_is_no_size_is_refused() {
        assert_eq!(parse("1 2 3\n4 5 6\n").unwrap(), [[1, 2, 3], [4, 5, 6]]);
        assert!(parse("1 2\n").is_err());
        assert!(parse("a b c\n").is_err());
    }
}
