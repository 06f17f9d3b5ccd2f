//! A small map of regions, drawn as SVG without a picture of the earth: where each lies, and which is chosen.
//!
//! It says nothing that the list beside it does not say.

use leptos::prelude::*;
use model::tenancy::SitePlaceChoice;

/// Coasts as rough outlines in degrees, enough to tell continents apart: longitude and latitude in turn.
const LANDS: [&[(i16, i16)]; 7] = [
    // North America.
    &[
        (-168, 66),
        (-130, 70),
        (-95, 72),
        (-80, 63),
        (-65, 60),
        (-55, 50),
        (-70, 43),
        (-80, 27),
        (-97, 26),
        (-90, 16),
        (-80, 8),
        (-105, 20),
        (-124, 40),
        (-130, 54),
        (-150, 60),
    ],
    // Greenland.
    &[(-55, 60), (-25, 70), (-20, 80), (-60, 82), (-68, 76)],
    // South America.
    &[(-78, 8), (-60, 8), (-35, -6), (-40, -22), (-58, -38), (-68, -54), (-74, -45), (-71, -18), (-81, -5)],
    // Europe and Asia.
    &[
        (-9, 37),
        (-2, 44),
        (-4, 49),
        (8, 54),
        (6, 60),
        (20, 70),
        (60, 69),
        (105, 77),
        (160, 70),
        (178, 66),
        (160, 58),
        (140, 54),
        (128, 38),
        (121, 30),
        (108, 20),
        (104, 2),
        (98, 10),
        (90, 22),
        (78, 8),
        (72, 21),
        (57, 25),
        (44, 13),
        (36, 30),
        (27, 37),
        (22, 37),
        (14, 44),
        (3, 42),
    ],
    // Africa.
    &[
        (-6, 35),
        (10, 37),
        (32, 31),
        (43, 12),
        (51, 12),
        (40, -15),
        (32, -28),
        (19, -34),
        (12, -17),
        (9, 4),
        (-8, 5),
        (-17, 15),
    ],
    // Australia.
    &[(114, -22), (130, -12), (142, -11), (153, -27), (146, -39), (130, -32), (116, -35)],
    // Islands of the north-west and the north-east.
    &[(-6, 50), (1, 51), (-2, 57), (-6, 58)],
];

/// East and south in units of the picture: a tenth of a hundred degrees is ten units.
fn at(latitude: f64, longitude: f64) -> (f64, f64) {
    (longitude + 180.0, 90.0 - latitude)
}

/// Draws the map. The places keep their order, and with it their numbers, of the list.
pub fn map(places: &[SitePlaceChoice], chosen: &str) -> AnyView {
    let lands = LANDS
        .map(|coast| {
            let points = coast.iter().map(|(east, north)| {
                let (x, y) = at(f64::from(*north), f64::from(*east));
                format!("{x},{y}")
            });
            let points = points.collect::<Vec<_>>().join(" ");
            view! { <polygon class="land" points=points></polygon> }.into_any()
        })
        .collect_view();
    let dots = places
        .iter()
        .zip(1..)
        .filter_map(|(place, number)| {
            let (latitude, longitude) = place.position?;
            let (x, y) = at(latitude, longitude);
            let class = if place.id == chosen { "place chosen" } else { "place" };
            let dot = view! {
                <g class=class>
                    <circle cx=x.to_string() cy=y.to_string() r="5"></circle>
                    <text x=x.to_string() y=(y + 2.2).to_string()>{number.to_string()}</text>
                </g>
            };
            Some(dot.into_any())
        })
        .collect_view();
    view! {
        <svg class="map" viewBox="0 5 360 145" role="img" aria-label="Map of the regions; the list beside it says the same">
            {lands} {dots}
        </svg>
    }
    .into_any()
}
