//! A list of named steps, run in order, with a table at the end.
//!
//! It stops at the first step that fails and says how to run that one alone. It knows nothing
//! of what the steps do.

use crate::process::say;
use anyhow::{Context, Result, bail};
use std::time::{Duration, Instant};

/// One step: its name, what it is for, and what it does. It gives back the lines that are worth
/// repeating at the end.
pub struct Step<'a> {
    /// The word that names it on the command line.
    pub name: &'static str,
    /// What it is, for the person who watches.
    pub about: &'static str,
    /// What it does.
    pub run: Box<dyn FnMut() -> Result<Vec<String>> + 'a>,
}

struct Done {
    name: &'static str,
    took: Duration,
    lines: Vec<String>,
}

/// Runs the steps that are named in `wanted`, or all when it is empty.
pub fn run(steps: &mut [Step<'_>], wanted: &[String]) -> Result<()> {
    if let Some(unknown) = wanted.iter().find(|name| steps.iter().all(|step| step.name != name.as_str())) {
        let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; there are: {}", names.join(", "));
    }
    let start = Instant::now();
    let mut done = Vec::new();
    for step in steps {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == step.name) {
            continue;
        }
        say(&format!("{}: {}", step.name, step.about));
        let begun = Instant::now();
        let outcome = (step.run)();
        let took = begun.elapsed();
        match outcome {
            Ok(lines) => done.push(Done { name: step.name, took, lines }),
            Err(error) => {
                print!("{}", table(&done));
                println!("{:<12} {:>7.1} s  FAILED", step.name, took.as_secs_f32());
                return Err(error).with_context(|| {
                    format!("step `{}` failed; `cargo xtask test {}` runs it alone", step.name, step.name)
                });
            }
        }
    }
    print!("{}", table(&done));
    println!("{:<12} {:>7.1} s  all passed", "total", start.elapsed().as_secs_f32());
    Ok(())
}

fn table(done: &[Done]) -> String {
    let mut out = String::from("\n");
    for step in done {
        out.push_str(&format!("{:<12} {:>7.1} s  ok\n", step.name, step.took.as_secs_f32()));
        for line in &step.lines {
            out.push_str(&format!("    {line}\n"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    fn steps<'a>(log: &'a RefCell<Vec<&'static str>>) -> Vec<Step<'a>> {
        let step = |name: &'static str, good: bool| Step {
            name,
            about: "",
            run: Box::new(move || {
                log.borrow_mut().push(name);
                if good { Ok(vec![]) } else { bail!("broken") }
            }),
        };
        vec![step("one", true), step("two", false), step("three", true)]
    }

    #[test]
    fn it_stops_at_the_first_that_fails_and_tells_how_to_repeat_it() {
        let log = RefCell::default();
        let error = run(&mut steps(&log), &[]).unwrap_err();
        assert_eq!(*log.borrow(), ["one", "two"]);
        let text = format!("{error:#}");
        assert!(text.contains("cargo xtask test two") && text.contains("broken"), "{text}");
    }

    #[test]
    fn only_the_named_steps_run() {
        let log = RefCell::default();
        run(&mut steps(&log), &["three".into()]).unwrap();
        assert_eq!(*log.borrow(), ["three"]);
        assert!(run(&mut steps(&log), &["four".into()]).is_err());
    }
}
