//! How the cost of an operation grows with the work: a row for each, at 1 to 16 times the work.
//!
//! Where valgrind is at hand, instructions are counted as well: they are the same in every run and on a
//! busy machine, so it is they that are judged. A curve bends up when one thing costs half as much again
//! among 16 as among 2; what grows with the logarithm stays below that.

use crate::table::time;
use bench::operations::{ALL, Operation, SIZES, measured};
use std::process::Command;

/// How much more one thing may cost at the largest size than at the second.
const STEEP: f64 = 1.5;

/// The costs of one operation, at each of [`SIZES`].
pub struct Row {
    /// What was done.
    pub name: &'static str,
    /// With how many things.
    pub items: [u64; SIZES.len()],
    /// How long it took: the median, in milliseconds.
    pub milliseconds: [f64; SIZES.len()],
    /// How many instructions it took, where they can be counted.
    pub instructions: Option<[u64; SIZES.len()]>,
}

impl Row {
    /// What one thing costs at the largest size, in what it costs at the second.
    pub fn bend(&self) -> f64 {
        let costs = self.instructions.map_or(self.milliseconds, |counts| counts.map(|count| count as f64));
        let each = |at: usize| costs[at] / self.items[at].max(1) as f64;
        each(SIZES.len() - 1) / each(1)
    }

    /// Whether the cost grows faster than the work.
    pub fn bends_up(&self) -> bool {
        self.bend() > STEEP
    }
}

/// Measures every operation.
pub fn rows() -> Vec<Row> {
    let counted = can_count();
    ALL.iter().enumerate().map(|(number, operation)| row(number, operation, counted)).collect()
}

fn row(number: usize, operation: &Operation, counted: bool) -> Row {
    let mut items = [0; SIZES.len()];
    let mut milliseconds = [0.0; SIZES.len()];
    for (at, &size) in SIZES.iter().enumerate() {
        let mut work = (operation.prepare)(size);
        items[at] = measured(&mut work);
        milliseconds[at] = time(|| measured(&mut work));
    }
    let instructions = counted.then(|| {
        let counts: Option<Vec<u64>> = SIZES.iter().map(|&size| count(number, size)).collect();
        counts?.try_into().ok()
    });
    Row { name: operation.name, items, milliseconds, instructions: instructions.flatten() }
}

/// Does one operation once: what is run where instructions are counted.
pub fn once(number: &str, size: &str) -> Option<u64> {
    let operation = ALL.get(number.parse::<usize>().ok()?)?;
    let mut work = (operation.prepare)(size.parse().ok()?);
    Some(measured(&mut work))
}

fn can_count() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The instructions of one operation, counted by running this program again for it alone.
fn count(number: usize, size: usize) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*operations::measured*"])
        .arg(std::env::current_exe().ok()?)
        .args(["once", &number.to_string(), &size.to_string()])
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    collected(&told)
}

/// The number in the line `==12== Collected : 345`.
fn collected(told: &str) -> Option<u64> {
    let (_, count) = told.split_once("Collected :")?;
    count.split_whitespace().next()?.parse().ok()
}

/// Prints the rows as a table.
pub fn print(rows: &[Row]) {
    println!("\nHow cost grows: ms at 1 to 16 times the work, the factor of each doubling, and the cost of");
    println!("one thing at 16 in that at 2, by instructions where valgrind is installed");
    for row in rows {
        print!("{:<44}", row.name);
        for value in row.milliseconds {
            print!("{value:>10.3}");
        }
        doublings(&row.milliseconds);
        println!("{:>8.2}{}", row.bend(), if row.bends_up() { "  BENDS UP" } else { "" });
        if let Some(counts) = row.instructions {
            print!("{:<44}", "    million instructions");
            let millions = counts.map(|count| count as f64 / 1e6);
            for value in millions {
                print!("{value:>10.3}");
            }
            doublings(&millions);
            println!();
        }
    }
}

fn doublings(costs: &[f64]) {
    for pair in costs.windows(2) {
        print!("{:>7.2}", pair[1] / pair[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(instructions: Option<[u64; 5]>) -> Row {
        Row { name: "", items: [1, 2, 4, 8, 16], milliseconds: [1.0, 2.0, 8.0, 32.0, 128.0], instructions }
    }

    #[test]
    fn a_curve_that_bends_up_is_seen_and_instructions_are_believed_first() {
        assert!(row(None).bends_up());
        assert!(!row(Some([10, 20, 40, 80, 160])).bends_up());
        assert!(!row(Some([10, 22, 48, 104, 224])).bends_up(), "a logarithm is no bend");
    }

    #[test]
    fn the_count_is_found_in_what_valgrind_tells() {
        assert_eq!(collected("==7== Events    : Ir\n==7== Collected : 1234\n==7==\n"), Some(1234));
        assert_eq!(collected("valgrind: no such file"), None);
    }
}
