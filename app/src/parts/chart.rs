//! Lines over time, drawn as SVG on the server: no script, no style of its own, and always beside the numbers they draw.

use leptos::prelude::*;
use model::{Moment, licences::history::CountedAt};

use crate::parts::text::number;

/// The picture's own measure. It is shown at about this width on a phone, so its letters stay readable there.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 176.0;
/// Room for the numbers at the left, and for the days below.
const LEFT: f64 = 46.0;
const RIGHT: f64 = WIDTH - 10.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = HEIGHT - 26.0;
/// A limit this much higher than the line is told in words: drawn, it would press the line flat.
const LIMIT_IN_SIGHT: f64 = 1.5;

/// One line over time.
pub struct Chart<'a> {
    /// What it is, in a sentence for those who do not see it.
    pub told: String,
    /// The class that gives the colour.
    pub class: &'static str,
    /// The counts in stretches; nothing is drawn between two of them.
    pub stretches: &'a [Vec<CountedAt>],
    /// The number that is drawn of each count.
    pub value: &'a dyn Fn(&CountedAt) -> u64,
    /// Times without a count.
    pub gaps: &'a [(Moment, Moment)],
    /// The first and the last moment.
    pub span: (Moment, Moment),
    /// A line across, where there is a limit.
    pub limit: Option<u64>,
}

/// Where numbers and times are on the picture.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    until: f64,
}

impl Scale {
    fn of(chart: &Chart<'_>) -> Self {
        let values = || chart.stretches.iter().flatten().map(chart.value).map(|value| value as f64);
        let most = values().fold(0.0, f64::max);
        let least = values().fold(f64::INFINITY, f64::min).min(most);
        let limit = in_sight(chart.limit, most);
        let top = limit.map_or(most, |limit| limit.max(most)).max(4.0);
        // From nothing on, unless that would leave most of the picture empty.
        let bottom = if least > top * 0.6 { least - (top - least).max(top * 0.02) } else { 0.0 };
        let step = nice((top - bottom) / 3.0);
        let low = (bottom / step).floor() * step;
        let high = (top / step).ceil() * step;
        let (from, until) = (chart.span.0.seconds() as f64, chart.span.1.seconds() as f64);
        Self { low, high: high.max(low + step), step, from, until: until.max(from + 1.0) }
    }

    fn x(&self, at: Moment) -> f64 {
        let part = (at.seconds() as f64 - self.from) / (self.until - self.from);
        LEFT + part.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP)
    }

    fn marks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round() as usize;
        (0..=count).map(|at| self.low + at as f64 * self.step).collect()
    }
}

/// The limit where it is drawn.
fn in_sight(limit: Option<u64>, most: f64) -> Option<f64> {
    limit.map(|limit| limit as f64).filter(|limit| *limit <= (most * LIMIT_IN_SIGHT).max(4.0))
}

/// The next larger of 1, 2 and 5, times a power of ten; people come in whole.
fn nice(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1.0).log10().floor());
    let found = [1.0, 2.0, 5.0, 10.0].into_iter().map(|by| by * power).find(|nice| *nice >= step);
    found.unwrap_or(10.0 * power).max(1.0)
}

/// The line through one stretch. A single count has no length, so it is a dot.
fn line(scale: &Scale, stretch: &[CountedAt], value: &dyn Fn(&CountedAt) -> u64) -> AnyView {
    let points: Vec<(f64, f64)> =
        stretch.iter().map(|count| (scale.x(count.at), scale.y(value(count) as f64))).collect();
    if let [(x, y)] = points[..] {
        return view! { <circle class="line-dot" cx=format!("{x:.1}") cy=format!("{y:.1}") r="2.5"></circle> }
            .into_any();
    }
    let mut path = String::with_capacity(points.len() * 12);
    for (at, (x, y)) in points.into_iter().enumerate() {
        path.push_str(&format!("{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" }));
    }
    view! { <path class="line" d=path></path> }.into_any()
}

/// Draws it.
pub fn chart(chart: &Chart<'_>) -> AnyView {
    let scale = Scale::of(chart);
    let marks = scale
        .marks()
        .into_iter()
        .map(|mark| {
            let y = format!("{:.1}", scale.y(mark));
            let below = format!("{:.1}", scale.y(mark) + 4.0);
            view! {
                <line class="grid" x1=LEFT.to_string() x2=RIGHT.to_string() y1=y.clone() y2=y></line>
                <text class="mark end" x=(LEFT - 6.0).to_string() y=below>{number(mark.max(0.0) as u64)}</text>
            }
            .into_any()
        })
        .collect_view();
    let gaps = chart
        .gaps
        .iter()
        .map(|(from, until)| {
            let (x, end) = (scale.x(*from), scale.x(*until));
            let width = format!("{:.1}", (end - x).max(1.0));
            let height = (BOTTOM - TOP).to_string();
            view! { <rect class="gap" x=format!("{x:.1}") y=TOP.to_string() width=width height=height></rect> }
                .into_any()
        })
        .collect_view();
    let lines = chart.stretches.iter().map(|stretch| line(&scale, stretch, chart.value)).collect_view();
    let most = chart.stretches.iter().flatten().map(chart.value).max().unwrap_or(0);
    let limit = in_sight(chart.limit, most as f64).map(|limit| {
        let y = format!("{:.1}", scale.y(limit));
        view! { <line class="limit" x1=LEFT.to_string() x2=RIGHT.to_string() y1=y.clone() y2=y></line> }
    });
    let last = chart.stretches.last().and_then(|stretch| stretch.last()).map(|count| {
        let (x, y) = (scale.x(count.at), scale.y((chart.value)(count) as f64));
        view! { <circle class="last" cx=format!("{x:.1}") cy=format!("{y:.1}") r="3.5"></circle> }
    });
    let middle = chart.span.0.plus_seconds(chart.span.0.seconds_until(chart.span.1) / 2);
    let days = [
        (chart.span.0, LEFT, "mark"),
        (middle, (LEFT + RIGHT) / 2.0, "mark mid"),
        (chart.span.1, RIGHT, "mark end"),
    ]
    .map(|(at, x, class)| {
        let y = (HEIGHT - 8.0).to_string();
        view! { <text class=class x=x.to_string() y=y>{short_day(at)}</text> }.into_any()
    })
    .collect_view();
    view! {
        <svg
            class=format!("chart {}", chart.class)
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            aria-label=chart.told.clone()
        >
            {gaps}
            {marks}
            {limit}
            {lines}
            {last}
            {days}
        </svg>
    }
    .into_any()
}

/// `3 Mar`: the year is in the words beside the picture.
fn short_day(at: Moment) -> String {
    let day = at.day();
    day.rsplit_once(' ').map_or(day.clone(), |(day, _)| day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::licences::Seats;

    fn count(day: i64, viewers: u64) -> CountedAt {
        CountedAt { at: Moment::from_seconds(day * 86_400), seats: Seats { viewers, ..Seats::default() } }
    }

    fn drawn(stretches: &[Vec<CountedAt>], limit: Option<u64>) -> String {
        let gaps = [(Moment::from_seconds(3 * 86_400), Moment::from_seconds(5 * 86_400))];
        Owner::new_root(None).with(|| {
            chart(&Chart {
                told: "Viewers <& more>".to_owned(),
                class: "viewer",
                stretches,
                value: &|count| count.seats.viewers,
                gaps: &gaps,
                span: (Moment::from_seconds(0), Moment::from_seconds(10 * 86_400)),
                limit,
            })
            .to_html()
        })
    }

    #[test]
    fn a_gap_is_no_line_and_a_lone_count_is_a_dot() {
        let two = [vec![count(0, 10), count(1, 20)], vec![count(6, 30)]];
        let html = drawn(&two, None);
        assert_eq!(html.matches("class=\"line\"").count(), 1, "{html}");
        assert_eq!(html.matches("class=\"line-dot\"").count(), 1, "{html}");
        assert_eq!(html.matches("class=\"gap\"").count(), 1, "{html}");
        assert!(!html.contains("style="), "the policy forbids it: {html}");
        assert!(html.contains("&lt;&amp; more") && !html.contains("<& more"), "{html}");
    }

    #[test]
    fn a_limit_is_drawn_only_where_it_leaves_the_line_readable() {
        let one = [vec![count(0, 100), count(1, 110)]];
        assert!(drawn(&one, Some(120)).contains("class=\"limit\""));
        assert!(!drawn(&one, Some(2_000)).contains("class=\"limit\""));
    }

    #[test]
    fn nothing_and_all_the_same_are_drawn_without_a_number_that_is_none() {
        for stretches in [vec![], vec![vec![count(0, 0), count(1, 0)]], vec![vec![count(2, 7), count(3, 7)]]]
        {
            let html = drawn(&stretches, Some(0));
            assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
        }
    }

    #[test]
    fn marks_are_whole_and_even() {
        assert_eq!([nice(0.3), nice(1.0), nice(3.4), nice(34.0), nice(60.0)], [1.0, 1.0, 5.0, 50.0, 100.0]);
    }
}
