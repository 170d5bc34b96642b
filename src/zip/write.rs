//! Writing an archive.

use super::{END, FILE, LINE, UTF8};
use crate::model::Timestamp;
use crate::model::record::crc32;

/// The version of the format that a reader needs: 2.0.
const VERSION: u16 = 20;

/// An archive of files by name, in their order; `None` where they are more than fit into one: 65,535 files or 4 GiB.
pub fn write(files: &[(&str, &[u8])], modified: &Timestamp) -> Option<Vec<u8>> {
    let count = u16::try_from(files.len()).ok().filter(|count| *count < u16::MAX)?;
    let (mut out, mut list) = (Vec::new(), Vec::new());
    let (time, day) = moment(modified);
    for (name, bytes) in files {
        let at = u32::try_from(out.len()).ok()?;
        let size = u32::try_from(bytes.len()).ok()?;
        let mut about = Vec::new();
        [VERSION, UTF8, 0, time, day].iter().for_each(|number| about.extend(number.to_le_bytes()));
        [crc32(bytes), size, size].iter().for_each(|number| about.extend(number.to_le_bytes()));
        about.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        about.extend([0; 2]);
        out.extend(FILE);
        out.extend(&about);
        out.extend(name.bytes());
        out.extend(*bytes);
        list.extend(LINE);
        list.extend(VERSION.to_le_bytes());
        list.extend(&about);
        // No comment, the first part, no attributes.
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(name.bytes());
    }
    let (at, size) = (u32::try_from(out.len()).ok()?, u32::try_from(list.len()).ok()?);
    out.extend(list);
    out.extend(END);
    out.extend([0; 4]);
    [count, count].iter().for_each(|number| out.extend(number.to_le_bytes()));
    [size, at].iter().for_each(|number| out.extend(number.to_le_bytes()));
    out.extend([0; 2]);
    Some(out)
}

/// A moment as MS-DOS counts it: seconds by two, years from 1980.
fn moment(moment: &Timestamp) -> (u16, u16) {
    let number = |from: usize, to: usize| moment.as_str().get(from..to).and_then(|digits| digits.parse::<u16>().ok());
    let part = |from: usize, least: u16, most: u16| number(from, from + 2).unwrap_or(least).clamp(least, most);
    let year = number(0, 4).unwrap_or(0).clamp(1980, 2107) - 1980;
    let time = part(11, 0, 23) << 11 | part(14, 0, 59) << 5 | (part(17, 0, 59) / 2);
    (time, year << 9 | part(5, 1, 12) << 5 | part(8, 1, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_dos() {
        for (text, time, day) in [
            ("2031-03-14T09:26:53.589Z", 9 << 11 | 26 << 5 | 26, 51 << 9 | 3 << 5 | 14),
            ("1970-01-01T00:00:00.000Z", 0, 1 << 5 | 1),
            ("9999-99-99T99:99:99.999Z", 23 << 11 | 59 << 5 | 29, 127 << 9 | 12 << 5 | 31),
        ] {
            assert_eq!(moment(&Timestamp::parse(text).expect("a moment")), (time, day), "{text}");
        }
    }
}
