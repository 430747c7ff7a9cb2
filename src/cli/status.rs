//! The status line: time, level, load, missed deadlines, generation, in whatever width there is.

use segue_audio_demo::Reading;

/// The quietest level the bar shows, in decibels below full scale.
const FLOOR: f32 = -48.0;

/// What the line shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Status {
    /// Frames a second.
    pub(crate) sample_rate: u32,
    /// The engine's figures.
    pub(crate) reading: Reading,
    /// Whether the terminal shows block characters.
    pub(crate) unicode: bool,
}

impl Status {
    /// The line in at most `columns` columns: as much as fits, the most important last to go.
    pub(crate) fn line(&self, columns: usize) -> String {
        let Reading { load, missed, generation, silenced, clipped, unrecorded, .. } = self.reading;
        let time = clock(self.reading.position, self.sample_rate);
        let level = format!("{:>6}", decibels(self.reading.peak));
        let load = format!("load {:>2.0}%", load * 100.0);
        let mut tail = format!("missed {missed}  gen {generation}");
        if silenced > 0 {
            tail.push_str(&format!("  silenced {silenced}"));
        }
        if clipped > 0 {
            tail.push_str(&format!("  clipped {clipped}"));
        }
        if unrecorded > 0 {
            tail.push_str(&format!("  unrecorded {unrecorded}"));
        }
        let candidates = [
            format!("{time}  {}  {level} dB  {load}  {tail}", self.bar(24)),
            format!("{time}  {}  {level} dB  {load}  {tail}", self.bar(10)),
            format!("{time}  {level} dB  {load}  {tail}"),
            format!("{time} {level} dB {load} gen {generation}"),
            format!("{time} {level} dB gen {generation}"),
            format!("{time} gen {generation}"),
        ];
        let fits = candidates.into_iter().find(|line| line.chars().count() <= columns);
        fits.unwrap_or_else(|| time.chars().take(columns).collect())
    }

    /// The level as a bar of `width` columns with its two ends.
    fn bar(&self, width: usize) -> String {
        let share = 1.0 - (to_decibels(self.reading.peak).max(FLOOR) / FLOOR).min(1.0);
        let eighths = (share * width as f32 * 8.0).round() as usize;
        let (full, rest) = (eighths / 8, eighths % 8);
        if !self.unicode {
            return format!("[{:<width$}]", "#".repeat(full));
        }
        let mut bar = "█".repeat(full);
        if let Some(part) = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'].get(rest.wrapping_sub(1))
        {
            bar.push(*part);
        }
        format!("▕{bar:<width$}▏")
    }
}

/// Minutes, seconds and tenths of the sound up to a position.
pub(crate) fn clock(position: u64, sample_rate: u32) -> String {
    let tenths = position.saturating_mul(10) / u64::from(sample_rate.max(1));
    format!("{:>3}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// A level for people; silence has none.
pub(crate) fn decibels(level: f32) -> String {
    let value = to_decibels(level);
    if value < -120.0 { "-∞".to_owned() } else { format!("{value:.1}") }
}

fn to_decibels(level: f32) -> f32 {
    20.0 * level.log10()
}

/// Whether the environment says that the terminal shows more than ASCII.
pub(crate) fn is_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    // The first that is set decides, as for the C library.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests;
