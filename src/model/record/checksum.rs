//! CRC-32 (ISO-HDLC: the one of gzip and PNG), four bits at a time for what is short and four bytes at a time
//! for what is long.
//!
//! The quick way needs tables that no compression makes smaller; they are made from sixteen numbers
//! whenever they are needed, which takes as long as a few kilobytes by the slow way.

/// What becomes of the lowest four bits.
const TABLE: [u32; 16] = table();

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut nibble = 0;
    while nibble < 16 {
        let mut crc = nibble as u32;
        let mut bit = 0;
        while bit < 4 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[nibble] = crc;
        nibble += 1;
    }
    table
}

/// From so many bytes on the tables are worth making.
const LONG: usize = 16_384;

/// The checksum of bytes.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    let (words, rest) = if bytes.len() < LONG { (&[][..], bytes) } else { bytes.as_chunks::<4>() };
    if !words.is_empty() {
        // What becomes of a byte behind which none, one, two or three follow.
        let mut tables = [[0_u32; 256]; 4];
        for byte in 0..256 {
            let mut crc = byte as u32;
            for table in &mut tables {
                crc = step(step(crc));
                table[byte] = crc;
            }
        }
        let [last, third, second, first] = &tables;
        for word in words {
            let [a, b, c, d] = (crc ^ u32::from_le_bytes(*word)).to_le_bytes().map(usize::from);
            crc = first[a] ^ second[b] ^ third[c] ^ last[d];
        }
    }
    !rest.iter().fold(crc, |crc, byte| step(step(crc ^ u32::from(*byte))))
}

fn step(crc: u32) -> u32 {
    crc >> 4 ^ TABLE[(crc & 15) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_catalogue_comes_out() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn long_bytes_have_the_checksum_that_one_at_a_time_gives() {
        let bytes: Vec<u8> = (0..LONG as u32 + 7).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        for len in [LONG - 1, LONG, LONG + 1, LONG + 7] {
            let slowly = bytes[..len].iter().fold(u32::MAX, |crc, byte| step(step(crc ^ u32::from(*byte))));
            assert_eq!(crc32(&bytes[..len]), !slowly, "{len}");
        }
    }
}
