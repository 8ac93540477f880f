//! A drawing as PNG. Drawings have few colours: each dot is the place of its colour in a list, which is a quarter of the bytes
//! to be packed, and lines of equal dots need no filter. Both were measured; the reasons stand in `docs/DECISIONS.md`.

use std::collections::HashMap;

use png::{BitDepth, ColorType, Encoder, EncodingError, Filter};
use tiny_skia::{Pixmap, PremultipliedColorU8};

/// The picture; every dot of it is opaque.
///
/// # Errors
/// When it cannot be packed.
pub fn png(drawn: &Pixmap) -> Result<Vec<u8>, EncodingError> {
    match Listed::of(drawn.pixels()) {
        Some(Listed { places, colors }) => encoded(drawn, &places, |encoder| {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(colors.concat());
        }),
        None => {
            let dots: Vec<u8> = drawn.pixels().iter().flat_map(|dot| rgb(*dot)).collect();
            encoded(drawn, &dots, |encoder| encoder.set_color(ColorType::Rgb))
        }
    }
}

fn encoded(
    drawn: &Pixmap,
    dots: &[u8],
    set: impl FnOnce(&mut Encoder<'_, &mut Vec<u8>>),
) -> Result<Vec<u8>, EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, drawn.width(), drawn.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_filter(Filter::NoFilter);
    set(&mut encoder);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(dots)?;
    writer.finish()?;
    Ok(bytes)
}

/// Dots as places in a list of colours, in the order in which the colours come.
struct Listed {
    places: Vec<u8>,
    colors: Vec<[u8; 3]>,
}

impl Listed {
    /// The list; `None` where there are more colours than it has places.
    fn of(dots: &[PremultipliedColorU8]) -> Option<Self> {
        let mut listed = Self { places: Vec::with_capacity(dots.len()), colors: Vec::new() };
        let mut known: HashMap<[u8; 3], u8> = HashMap::new();
        let mut last = None;
        for dot in dots {
            let place = match last {
                Some((same, place)) if same == *dot => place,
                _ => match known.get(&rgb(*dot)) {
                    Some(place) => *place,
                    None => {
                        // A list of 256 is full: the next place is none of a byte.
                        let place = u8::try_from(listed.colors.len()).ok()?;
                        listed.colors.push(rgb(*dot));
                        known.insert(rgb(*dot), place);
                        place
                    }
                },
            };
            last = Some((*dot, place));
            listed.places.push(place);
        }
        Some(listed)
    }
}

fn rgb(dot: PremultipliedColorU8) -> [u8; 3] {
    [dot.red(), dot.green(), dot.blue()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::Color;

    /// The dots of a picture, as its colours say.
    fn read(bytes: &[u8]) -> (ColorType, Vec<[u8; 3]>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        let color = decoder.read_header_info().unwrap().color_type;
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut dots).unwrap();
        (color, dots.chunks_exact(3).map(|dot| [dot[0], dot[1], dot[2]]).collect())
    }

    /// A picture of so many colours, each two dots wide.
    fn of_colors(count: u32) -> Pixmap {
        let mut drawn = Pixmap::new(count * 2, 3).unwrap();
        drawn.fill(Color::WHITE);
        for (at, dot) in drawn.pixels_mut().iter_mut().enumerate() {
            let n = (at as u32 % (count * 2)) / 2;
            *dot = PremultipliedColorU8::from_rgba((n % 256) as u8, (n / 256) as u8, 7, 255).unwrap();
        }
        drawn
    }

    #[test]
    fn every_dot_comes_back_whether_its_colours_are_listed_or_not() {
        for (count, color) in [(1, ColorType::Indexed), (256, ColorType::Indexed), (257, ColorType::Rgb)] {
            let drawn = of_colors(count);
            let meant: Vec<[u8; 3]> = drawn.pixels().iter().map(|dot| rgb(*dot)).collect();
            assert_eq!(read(&png(&drawn).unwrap()), (color, meant), "{count} colours");
        }
    }
}
