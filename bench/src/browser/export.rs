//! Exporting the project file, beside what the browser's own `JSON.stringify` takes for the same content. Both run in
//! the page, on its clock.

use super::stage::{Stage, Which};
use super::{LARGE, median};
use crate::report::{Bar, Row};
use e2e::Result;

/// How often.
const TIMES: usize = 15;
const BOTH: &str = "(() => {
    const start = performance.now(), file = annotator.exportProject();
    const middle = performance.now(), value = JSON.parse(file);
    const parsed = performance.now();
    JSON.stringify(value);
    return [middle - start, performance.now() - parsed];
})()";

/// The part's rows.
pub async fn rows() -> Result<Vec<Row>> {
    let stage = Stage::with_file(Which::Ours, &LARGE.file()).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let (export, stringify) = stage.point(BOTH).await?;
        ours.push(export);
        theirs.push(stringify);
    }
    stage.close().await?;
    let row = Row::new("write the file", LARGE.name, median(&ours)).against("JSON.stringify", median(&theirs));
    Ok(vec![row.bar(Bar::Times(3.0))])
}
