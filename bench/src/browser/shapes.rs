//! Articles that are not like news: opening them and adding a mark, on all three pages.

use super::edit;
use super::median;
use super::open::{self, Opened};
use super::stage::{Stage, Which};
use crate::corpus;
use crate::report::{Bar, Row};
use e2e::Result;

/// Browsers in which each file is opened, once on each page.
const ROUNDS: usize = 3;
/// Marks added on each page.
const TIMES: usize = 15;

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for shape in corpus::SHAPES {
        let file = corpus::file(&corpus::shape(shape));
        let mut opened = Opened::default();
        for round in 0..ROUNDS {
            let mut stage = Stage::start().await?;
            let path = stage.keep(&file)?;
            open::on_each(&mut stage, round, &path, &mut opened).await?;
            stage.close().await?;
        }
        let (ours, a) = (median(&opened.ours), median(&opened.a));
        rows.push(Row::new("open", shape.name(), ours).against("A", a).bar(Bar::Times(1.0)));
        rows.push(Row::new("open", shape.name(), ours).against("C", median(&opened.c)));
        rows.push(Row::new(open::ELEMENTS, shape.name(), open::elements(&file).await?).against("A", a));
        let ([ours, a, c], elements) = adding(&file).await?;
        rows.push(Row::new("add", shape.name(), ours).against("A", a));
        rows.push(Row::new("add", shape.name(), ours).against("C", c).bar(Bar::Times(1.5)));
        rows.push(Row::new(edit::ELEMENTS, shape.name(), elements).against("C", c));
    }
    Ok(rows)
}

/// Adding a mark in the app, on page A and on page C, and by the elements of the app alone.
async fn adding(file: &str) -> Result<([f64; 3], f64)> {
    let mut stage = Stage::start().await?;
    let path = stage.keep(file)?;
    let (mut busy, mut elements) = ([0.0; 3], Vec::new());
    for (i, which) in [Which::Ours, Which::A, Which::C].into_iter().enumerate() {
        stage.go(which).await?;
        stage.open(&path).await?;
        stage.until_saved().await?;
        busy[i] = median(&edit::add(&stage, TIMES).await?);
        if which == Which::Ours {
            elements = edit::elements(&stage).await?;
        }
    }
    stage.close().await?;
    Ok((busy, median(&elements)))
}
