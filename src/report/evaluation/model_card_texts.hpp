#pragma once

#include <string_view>

namespace fer::report {

// What every model card says, whatever the run.

constexpr std::string_view kIntendedUse =
    R"(For research and teaching: to compare networks and recipes on labelled pictures of faces, and to show how such a
classifier works to people who agreed to be shown.

The model says which of its labels an annotator would probably give a picture. It does not say what a person feels: faces
show feelings differently from person to person, culture to culture and moment to moment, and the pictures were posed, acted
or taken out of their context (Barrett et al., "Emotional expressions reconsidered", 2019).

Not for decisions about people: who is hired, admitted, insured, helped, suspected or watched.

**Prohibited in the European Union**: Article 5(1)(f) of the AI Act (Regulation (EU) 2024/1689) prohibits, since
2 February 2025, placing on the market, putting into service for this purpose or using AI systems that infer emotions of
natural persons at workplaces and in education institutions, unless for medical or safety reasons. Elsewhere the Act counts
emotion recognition among the high-risk uses (Annex III, 1(c)) and asks that the persons exposed to it be told
(Article 50(3)). This is a pointer, no legal advice.
)";

// What the data are worth: known of FER-2013, and to be asked of any other dataset.

constexpr std::string_view kFer2013Limits =
    R"(- **What FER-2013's labels are worth.** Its pictures were found by web searches for words of emotion and sorted by people,
  and people agree with their labels in about 65 % of the pictures (65 +- 5 %; Goodfellow et al., "Challenges in
  representation learning", 2013). A score near or above that says how well the labels' habits were learnt, not how well
  faces are read.
- **Who is in the pictures is not known.** There are no records of age, sex, skin or origin, so nobody can tell whose faces
  are read worse. Do not assume that the scores hold for everybody.
- **Small grey pictures.** Other cameras, crops, light and angles lower the scores; `fer-eval --robustness` measures by how
  much.
)";

constexpr std::string_view kOtherLimits =
    R"(- **What the labels are worth** only the makers of the dataset can say: who gave them, of whom, and how far people agree
  with them. A score above that agreement says how well the labels' habits were learnt, not how well faces are read.
- **Who is in the pictures** fer does not know. Where there are no records of it, nobody can tell whose faces are read worse:
  do not assume that the scores hold for everybody.
- **Other pictures**, from other cameras, of other crops, light and angles, lower the scores; `fer-eval --robustness` measures
  by how much.
)";

constexpr std::string_view kLimits =
    R"(- **The intervals** say what other pictures of the same kind might have given. Another seed of the training changes scores
  too; only repeated trainings show by how much.
- **Probabilities are not certainties.** The calibration error (ECE) says how far the two are apart on the average.
)";

}  // namespace fer::report
