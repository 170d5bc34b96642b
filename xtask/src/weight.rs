//! The table of weights: which crate each part of the program comes from, and each module of our own.
//!
//! The optimiser lists the names of the functions just before it strips them, so what is measured is
//! the very file that a visit loads. A function counts for the first crate that its name mentions,
//! other than the standard library: `rpds::List<Mark>::push` counts for `rpds`, for it would go with
//! `rpds`, and `Vec<Mark>::push` for the crate of `Mark`. The column "for ours" says how much of a
//! dependency's code is there once more for a type or closure of ours. Functions that name no crate
//! but the standard library's count for it. What the compiler has inlined counts where it ended up.
//!
//! Data has no names. A piece of it counts for the function that first mentions its address, or for the
//! piece of data that does; a piece ends where the next address that anything mentions begins. The
//! brotli column is an estimate: each part is compressed alone, and all are scaled to the true sum.

use crate::sizes::{grouped, measure};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use wasmparser::{DataKind, FunctionBody, Operator, Parser, Payload, TypeRef};

/// The crate whose modules are told apart.
const OWN: &str = "annotator";

/// What comes with the compiler.
const STANDARD: &[&str] = &["core", "alloc", "std"];

/// Parts below this are summed up in one line.
const WORTH_A_LINE: usize = 500;

/// The numbers of the sections that are divided up (WebAssembly core, 5.5.1).
const CODE: u8 = 10;
const DATA: u8 = 11;

/// What belongs to no function: types, imports, tables, and data that nothing mentions.
const NOBODY: &str = "(tables and the like)";

/// One part of the program.
#[derive(Debug, Default, Eq, PartialEq)]
struct Part {
    code: Vec<u8>,
    /// How many bytes of `code` are for types of ours although the code is not.
    for_ours: usize,
    data: Vec<u8>,
}

type Parts = BTreeMap<String, Part>;

/// Reads the program and the optimiser's list of functions, and gives back the table.
///
/// Each part is written into `scratch` to be compressed there.
pub fn table(wasm: &Path, names: &Path, scratch: &Path) -> Result<String> {
    let program = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let list = fs::read_to_string(names).with_context(|| format!("could not read {}", names.display()))?;
    let parts = split(&program, &parse(&list)).context("the program can't be taken apart")?;
    let rows = rows(parts);

    fs::create_dir_all(scratch).with_context(|| format!("could not make {}", scratch.display()))?;
    let mut files = vec![wasm.to_path_buf()];
    for (at, (_, part)) in rows.iter().enumerate() {
        let file: PathBuf = scratch.join(format!("part-{at}"));
        fs::write(&file, [&part.code[..], &part.data].concat())
            .with_context(|| format!("could not write {}", file.display()))?;
        files.push(file);
    }
    let mut alone: Vec<u64> = measure(&files)?.into_iter().map(|[_, _, brotli]| brotli).collect();
    let whole = alone.remove(0);
    Ok(render(&rows, &shares(&alone, whole)))
}

/// The names of the functions by their number, from lines of `number:name`.
fn parse(list: &str) -> BTreeMap<u32, &str> {
    list.lines()
        .filter_map(|line| {
            let (number, name) = line.split_once(':')?;
            Some((number.parse().ok()?, name))
        })
        .collect()
}

/// The part that a function belongs to, and whether it is someone else's code for a type of ours.
fn owner(name: &str) -> (String, bool) {
    let heads = heads(name);
    let Some(&first) = heads.iter().find(|(head, _)| !STANDARD.contains(head)).or(heads.first()) else {
        let bound = ["__wb", "__externref", "Externref"].iter().any(|word| name.contains(word));
        return (if bound { "wasm_bindgen" } else { "(no name)" }.to_owned(), false);
    };
    let (head, rest) = first;
    if head != OWN {
        return (head.to_owned(), heads.iter().any(|&(other, _)| other == OWN));
    }
    let module: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (format!("{OWN}::{module}"), false)
}

/// The crates that a name mentions, in order, each with what follows it: the starts of paths, as in
/// `<core[12ab]::option::Option<yew[34cd]::Html>>::map`.
fn heads(name: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    while let Some(start) = name[at..].find(is_word).map(|offset| at + offset) {
        let end = name[start..].find(|c| !is_word(c)).map_or(name.len(), |offset| start + offset);
        let mut rest = &name[end..];
        // The compiler tells crates of the same name apart by a hash.
        if let Some((_, after)) = rest.strip_prefix('[').and_then(|hash| hash.split_once(']')) {
            rest = after;
        }
        if let Some(after) = rest.strip_prefix("::")
            && !name[..start].ends_with("::")
        {
            found.push((&name[start..end], after));
        }
        at = end;
    }
    found
}

/// Takes the program apart.
fn split(program: &[u8], names: &BTreeMap<u32, &str>) -> Result<Parts> {
    let mut parts = Parts::new();
    let mut function = 0;
    let mut segments = Vec::new();
    let mut mentions = Vec::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section()
            && ![CODE, DATA].contains(&id)
        {
            parts.entry(NOBODY.to_owned()).or_default().data.extend(&program[range]);
        }
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    function += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => {
                let (name, ours) = owner(names.get(&function).copied().unwrap_or_default());
                let code = &program[body.range()];
                let part = parts.entry(name.clone()).or_default();
                part.code.extend(code);
                part.for_ours += if ours { code.len() } else { 0 };
                function += 1;
                mentions.extend(addresses(&body)?.into_iter().map(|address| (address, name.clone())));
            }
            Payload::DataSection(list) => {
                for segment in list {
                    let segment = segment?;
                    if let DataKind::Active { offset_expr, .. } = segment.kind
                        && let Operator::I32Const { value } = offset_expr.get_operators_reader().read()?
                    {
                        segments.push((value as u32, segment.data));
                    }
                }
            }
            _ => {}
        }
    }
    for (name, bytes) in owners_of_data(&segments, mentions) {
        parts.entry(name.unwrap_or_else(|| NOBODY.to_owned())).or_default().data.extend(bytes);
    }
    Ok(parts)
}

/// What a function mentions that may be an address.
fn addresses(body: &FunctionBody<'_>) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::I32Const { value } => found.push(value as u32),
            // A table is read at a fixed place plus a number.
            Operator::I32Load { memarg }
            | Operator::I64Load { memarg }
            | Operator::F64Load { memarg }
            | Operator::I32Load16U { memarg }
            | Operator::I32Load8U { memarg }
            | Operator::I32Load8S { memarg } => found.push(memarg.offset as u32),
            _ => {}
        }
    }
    Ok(found)
}

/// The data in pieces, each with the part of the program that mentions it first.
fn owners_of_data<'a>(segments: &[(u32, &'a [u8])], mentions: Vec<(u32, String)>) -> Vec<(Option<String>, &'a [u8])> {
    let place = |address: u32| {
        segments.iter().any(|&(start, bytes)| address >= start && ((address - start) as usize) < bytes.len())
    };
    // Where each piece starts, and whose it is.
    let mut pieces: BTreeMap<u32, Option<String>> = segments.iter().map(|&(start, _)| (start, None)).collect();
    for (address, name) in mentions {
        if place(address) {
            pieces.entry(address).or_default().get_or_insert(name);
        }
    }
    let words: Vec<(u32, u32)> =
        segments.iter().flat_map(|&(start, bytes)| words(start, bytes)).filter(|&(_, word)| place(word)).collect();
    for &(_, word) in &words {
        pieces.entry(word).or_default();
    }
    // Each round hands an owner on by one more pointer.
    let mut changed = true;
    while changed {
        changed = false;
        for &(at, word) in &words {
            let from = pieces.range(..=at).next_back().and_then(|(_, owner)| owner.clone());
            if let (Some(from), Some(to @ None)) = (from, pieces.get_mut(&word)) {
                *to = Some(from);
                changed = true;
            }
        }
    }
    let mut out = Vec::new();
    for &(start, bytes) in segments {
        let end = start + bytes.len() as u32;
        let inside: Vec<(u32, &Option<String>)> = pieces.range(start..end).map(|(&at, owner)| (at, owner)).collect();
        for (at, &(from, owner)) in inside.iter().enumerate() {
            let to = inside.get(at + 1).map_or(end, |&(next, _)| next);
            out.push((owner.clone(), &bytes[(from - start) as usize..(to - start) as usize]));
        }
    }
    out
}

/// The words of four bytes that stand where a pointer may stand, each with its address.
fn words(start: u32, bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let skip = start.next_multiple_of(4) - start;
    let aligned = bytes.get(skip as usize..).unwrap_or_default();
    aligned.chunks_exact(4).zip((start + skip..).step_by(4)).map(|(word, at)| {
        let word = word.iter().rev().fold(0, |sum, &byte| sum << 8 | u32::from(byte));
        (at, word)
    })
}

/// The parts by size, with those not worth a line as one.
fn rows(parts: Parts) -> Vec<(String, Part)> {
    let size = |part: &Part| part.code.len() + part.data.len();
    let (mut rows, small): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(_, part)| size(part) >= WORTH_A_LINE);
    rows.sort_by_key(|(_, part)| std::cmp::Reverse(size(part)));
    if !small.is_empty() {
        let mut sum = (format!("({} more)", small.len()), Part::default());
        for (_, part) in small {
            sum.1.code.extend(part.code);
            sum.1.for_ours += part.for_ours;
            sum.1.data.extend(part.data);
        }
        rows.push(sum);
    }
    rows
}

/// What each part takes of the whole, in the proportion of what each takes alone.
fn shares(alone: &[u64], whole: u64) -> Vec<u64> {
    let sum = alone.iter().sum::<u64>().max(1);
    alone.iter().map(|size| size * whole / sum).collect()
}

fn render(rows: &[(String, Part)], brotli: &[u64]) -> String {
    let mut out = String::new();
    let mut line = |name: &str, numbers: [String; 4]| {
        let [code, ours, data, brotli] = numbers;
        let _ = writeln!(out, "{name:<32} {code:>10} {ours:>10} {data:>10} {brotli:>10}");
    };
    let cells = |numbers: [u64; 4]| numbers.map(grouped);
    line("the program by crate, bytes", ["code", "for ours", "data", "~brotli"].map(str::to_owned));
    let mut total = [0; 4];
    for ((name, part), &brotli) in rows.iter().zip(brotli) {
        let numbers = [part.code.len() as u64, part.for_ours as u64, part.data.len() as u64, brotli];
        line(name, cells(numbers));
        for (sum, number) in total.iter_mut().zip(numbers) {
            *sum += number;
        }
    }
    line("total", cells(total));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_counts_for_the_crate_that_it_would_go_with() {
        let cases = [
            ("annotator[12ab]::text::word::next", "annotator::text", false),
            ("<annotator[1]::ui::Part as yew[2]::html::Component>::view::{closure#0}[3]", "annotator::ui", false),
            ("core[3]::ptr::drop_in_place::<rpds[4]::list::List<annotator[1]::state::Step>>", "rpds", true),
            ("<alloc[5]::vec::Vec<yew[2]::VNode>>::push", "yew", false),
            ("<core[3]::str::Chars as core[3]::iter::Iterator>::next", "core", false),
            ("alloc::vec::Vec<T,A>::push::h0123456789abcdef", "alloc", false),
            ("<[annotator[1]::model::Mark] as alloc[5]::slice::Concat>::concat", "annotator::model", false),
            ("__wbindgen_malloc", "wasm_bindgen", false),
            ("memcpy", "(no name)", false),
        ];
        for (name, part, ours) in cases {
            assert_eq!(owner(name), (part.to_owned(), ours), "{name}");
        }
    }

    #[test]
    fn the_list_of_functions_is_read() {
        let names = parse(
            "0:<a[1]::B>::c
12:main
no line of it
",
        );
        assert_eq!(names, BTreeMap::from([(0, "<a[1]::B>::c"), (12, "main")]));
    }

    /// A module with one imported function and two of its own; the first mentions the data at 16, which
    /// holds the address 24.
    const PROGRAM: &[u8] = b"\0asm\x01\0\0\0\
        \x01\x04\x01\x60\0\0\
        \x02\x07\x01\x01e\x01f\0\0\
        \x03\x03\x02\0\0\
        \x05\x03\x01\0\x01\
        \x0a\x0a\x02\x05\0\x41\x10\x1a\x0b\x02\0\x0b\
        \x0b\x16\x01\0\x41\x0c\x0b\x10\0\0\0\0\x18\0\0\0abcdefgh";

    #[test]
    fn a_program_is_taken_apart_by_name_and_by_address() {
        let names =
            BTreeMap::from([(1, "annotator[1]::text::cut"), (2, "<rpds[2]::Map<annotator[1]::text::Text>>::get")]);
        let parts = split(PROGRAM, &names).unwrap();
        let text = &parts["annotator::text"];
        assert_eq!((text.code.len(), text.data.as_slice()), (5, &b"\x18\0\0\0abcdefgh"[..]));
        assert_eq!((parts["rpds"].code.len(), parts["rpds"].for_ours), (2, 2));
        assert!(parts[NOBODY].data.ends_with(&[0, 0, 0, 0]));
    }

    #[test]
    fn the_shares_add_up_and_small_parts_share_a_line() {
        assert_eq!(shares(&[30, 10], 20), [15, 5]);
        assert!(shares(&[], 20).is_empty());
        let part = |size| Part { code: vec![0; size], ..Part::default() };
        let parts = Parts::from([("a".into(), part(600)), ("b".into(), part(1)), ("c".into(), part(900))]);
        let rows = rows(parts);
        let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["c", "a", "(1 more)"]);
        let text = render(&rows, &[3, 2, 1]);
        assert!(text.lines().last().is_some_and(|line| line.contains("1 501") && line.ends_with(" 6")), "{text}");
    }
}
