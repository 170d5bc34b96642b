//! A table of times.

use std::time::Instant;

/// How often everything is measured; the median counts.
const TIMES: usize = 15;

/// The median of several runs in milliseconds.
pub fn median(mut measured: Vec<f64>) -> f64 {
    measured.sort_by(f64::total_cmp);
    measured.get(measured.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Measures a piece of work and gives the median in milliseconds.
pub fn time<T>(mut work: impl FnMut() -> T) -> f64 {
    median((0..TIMES).map(|_| once(&mut work)).collect())
}

/// Does a piece of work once and gives the milliseconds.
pub fn once<T>(work: &mut impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64() * 1_000.0
}

/// Prints a heading.
pub fn heading(title: &str, columns: &[&str]) {
    println!("\n{title}");
    print!("{:<52}", "");
    for column in columns {
        print!("{column:>18}");
    }
    println!();
}

/// Prints a line of milliseconds.
pub fn line(what: &str, milliseconds: &[f64]) {
    print!("{what:<52}");
    for value in milliseconds {
        print!("{value:>18.3}");
    }
    println!();
}
