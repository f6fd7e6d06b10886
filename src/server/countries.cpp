// SPDX-License-Identifier: Apache-2.0
#include "server/countries.hpp"

#include <algorithm>
#include <array>

namespace tl::server {
namespace {

constexpr auto open = Country::Plan::open;
constexpr auto closed = Country::Plan::closed;

// id, code, name, trunk prefix, international prefix, plan, toll calls within an area. By id.
// clang-format off
constexpr Country table[] = {
    {1, 1, "United States", "1", "011", open, true},
    {7, 7, "Russia", "8", "810", open, false},
    {20, 20, "Egypt", "0", "00", open, false},
    {27, 27, "South Africa", "0", "00", closed, false},
    {30, 30, "Greece", "", "00", closed, false},
    {31, 31, "Netherlands", "0", "00", open, false},
    {32, 32, "Belgium", "0", "00", closed, false},
    {33, 33, "France", "0", "00", closed, false},
    {34, 34, "Spain", "", "00", closed, false},
    {36, 36, "Hungary", "06", "00", open, false},
    {39, 39, "Italy", "", "00", closed, false},
    {40, 40, "Romania", "0", "00", closed, false},
    {41, 41, "Switzerland", "0", "00", closed, false},
    {43, 43, "Austria", "0", "00", open, false},
    {44, 44, "United Kingdom", "0", "00", open, false},
    {45, 45, "Denmark", "", "00", closed, false},
    {46, 46, "Sweden", "0", "00", open, false},
    {47, 47, "Norway", "", "00", closed, false},
    {48, 48, "Poland", "", "00", closed, false},
    {49, 49, "Germany", "0", "00", open, false},
    {51, 51, "Peru", "0", "00", open, false},
    {52, 52, "Mexico", "", "00", closed, false},
    {53, 53, "Cuba", "0", "119", open, false},
    {54, 54, "Argentina", "0", "00", open, false},
    {55, 55, "Brazil", "0", "00", open, false},
    {56, 56, "Chile", "", "00", closed, false},
    {57, 57, "Colombia", "", "00", closed, false},
    {58, 58, "Venezuela", "0", "00", open, false},
    {60, 60, "Malaysia", "0", "00", open, false},
    {61, 61, "Australia", "0", "0011", open, false},
    {62, 62, "Indonesia", "0", "001", open, false},
    {63, 63, "Philippines", "0", "00", open, false},
    {64, 64, "New Zealand", "0", "00", open, false},
    {65, 65, "Singapore", "", "000", closed, false},
    {66, 66, "Thailand", "0", "001", closed, false},
    {81, 81, "Japan", "0", "010", open, false},
    {82, 82, "South Korea", "0", "00", open, false},
    {84, 84, "Vietnam", "0", "00", closed, false},
    {86, 86, "China", "0", "00", open, false},
    {90, 90, "Turkey", "0", "00", open, false},
    {91, 91, "India", "0", "00", open, false},
    {92, 92, "Pakistan", "0", "00", open, false},
    {93, 93, "Afghanistan", "0", "00", open, false},
    {94, 94, "Sri Lanka", "0", "00", open, false},
    {95, 95, "Myanmar", "0", "00", open, false},
    {98, 98, "Iran", "0", "00", open, false},
    {101, 1, "Anguilla", "1", "011", open, true},
    {102, 1, "Antigua and Barbuda", "1", "011", open, true},
    {103, 1, "Bahamas", "1", "011", open, true},
    {104, 1, "Barbados", "1", "011", open, true},
    {105, 1, "Bermuda", "1", "011", open, true},
    {106, 1, "British Virgin Islands", "1", "011", open, true},
    {107, 1, "Canada", "1", "011", open, true},
    {108, 1, "Cayman Islands", "1", "011", open, true},
    {109, 1, "Dominica", "1", "011", open, true},
    {110, 1, "Dominican Republic", "1", "011", open, true},
    {111, 1, "Grenada", "1", "011", open, true},
    {112, 1, "Jamaica", "1", "011", open, true},
    {113, 1, "Montserrat", "1", "011", open, true},
    {115, 1, "Saint Kitts and Nevis", "1", "011", open, true},
    {116, 1, "Saint Vincent and the Grenadines", "1", "011", open, true},
    {117, 1, "Trinidad and Tobago", "1", "011", open, true},
    {118, 1, "Turks and Caicos Islands", "1", "011", open, true},
    {121, 1, "Puerto Rico", "1", "011", open, true},
    {122, 1, "Saint Lucia", "1", "011", open, true},
    {123, 1, "United States Virgin Islands", "1", "011", open, true},
    {124, 1, "Guam", "1", "011", open, true},
    {125, 1, "American Samoa", "1", "011", open, true},
    {126, 1, "Northern Mariana Islands", "1", "011", open, true},
    {127, 1, "Sint Maarten", "1", "011", open, true},
    {211, 211, "South Sudan", "0", "00", open, false},
    {212, 212, "Morocco", "0", "00", closed, false},
    {213, 213, "Algeria", "0", "00", closed, false},
    {216, 216, "Tunisia", "", "00", closed, false},
    {218, 218, "Libya", "0", "00", open, false},
    {220, 220, "Gambia", "", "00", closed, false},
    {221, 221, "Senegal", "", "00", closed, false},
    {222, 222, "Mauritania", "", "00", closed, false},
    {223, 223, "Mali", "", "00", closed, false},
    {224, 224, "Guinea", "", "00", closed, false},
    {225, 225, "Côte d'Ivoire", "", "00", closed, false},
    {226, 226, "Burkina Faso", "", "00", closed, false},
    {227, 227, "Niger", "", "00", closed, false},
    {228, 228, "Togo", "", "00", closed, false},
    {229, 229, "Benin", "", "00", closed, false},
    {230, 230, "Mauritius", "", "00", closed, false},
    {231, 231, "Liberia", "0", "00", open, false},
    {232, 232, "Sierra Leone", "0", "00", open, false},
    {233, 233, "Ghana", "0", "00", closed, false},
    {234, 234, "Nigeria", "0", "009", open, false},
    {235, 235, "Chad", "", "00", closed, false},
    {236, 236, "Central African Republic", "", "00", closed, false},
    {237, 237, "Cameroon", "", "00", closed, false},
    {238, 238, "Cabo Verde", "", "00", closed, false},
    {239, 239, "São Tomé and Príncipe", "", "00", closed, false},
    {240, 240, "Equatorial Guinea", "", "00", closed, false},
    {241, 241, "Gabon", "0", "00", closed, false},
    {242, 242, "Republic of the Congo", "", "00", closed, false},
    {243, 243, "Democratic Republic of the Congo", "0", "00", open, false},
    {244, 244, "Angola", "", "00", closed, false},
    {245, 245, "Guinea-Bissau", "", "00", closed, false},
    {246, 246, "British Indian Ocean Territory", "", "00", closed, false},
    {247, 247, "Ascension Island", "", "00", closed, false},
    {248, 248, "Seychelles", "", "00", closed, false},
    {249, 249, "Sudan", "0", "00", open, false},
    {250, 250, "Rwanda", "0", "00", open, false},
    {251, 251, "Ethiopia", "0", "00", open, false},
    {252, 252, "Somalia", "0", "00", open, false},
    {253, 253, "Djibouti", "", "00", closed, false},
    {254, 254, "Kenya", "0", "000", open, false},
    {255, 255, "Tanzania", "0", "000", open, false},
    {256, 256, "Uganda", "0", "000", open, false},
    {257, 257, "Burundi", "", "00", closed, false},
    {258, 258, "Mozambique", "", "00", closed, false},
    {260, 260, "Zambia", "0", "00", open, false},
    {261, 261, "Madagascar", "0", "00", closed, false},
    {262, 262, "Réunion", "0", "00", closed, false},
    {263, 263, "Zimbabwe", "0", "00", open, false},
    {264, 264, "Namibia", "0", "00", open, false},
    {265, 265, "Malawi", "0", "00", closed, false},
    {266, 266, "Lesotho", "", "00", closed, false},
    {267, 267, "Botswana", "", "00", closed, false},
    {268, 268, "Eswatini", "", "00", closed, false},
    {269, 269, "Comoros", "", "00", closed, false},
    {290, 290, "Saint Helena and Tristan da Cunha", "", "00", closed, false},
    {291, 291, "Eritrea", "0", "00", open, false},
    {297, 297, "Aruba", "", "00", closed, false},
    {298, 298, "Faroe Islands", "", "00", closed, false},
    {299, 299, "Greenland", "", "00", closed, false},
    {350, 350, "Gibraltar", "", "00", closed, false},
    {351, 351, "Portugal", "", "00", closed, false},
    {352, 352, "Luxembourg", "", "00", closed, false},
    {353, 353, "Ireland", "0", "00", open, false},
    {354, 354, "Iceland", "", "00", closed, false},
    {355, 355, "Albania", "0", "00", open, false},
    {356, 356, "Malta", "", "00", closed, false},
    {357, 357, "Cyprus", "", "00", closed, false},
    {358, 358, "Finland", "0", "00", open, false},
    {359, 359, "Bulgaria", "0", "00", open, false},
    {370, 370, "Lithuania", "0", "00", closed, false},
    {371, 371, "Latvia", "", "00", closed, false},
    {372, 372, "Estonia", "", "00", closed, false},
    {373, 373, "Moldova", "0", "00", open, false},
    {374, 374, "Armenia", "0", "00", open, false},
    {375, 375, "Belarus", "8", "810", open, false},
    {376, 376, "Andorra", "", "00", closed, false},
    {377, 377, "Monaco", "", "00", closed, false},
    {378, 378, "San Marino", "", "00", closed, false},
    {380, 380, "Ukraine", "0", "00", open, false},
    {381, 381, "Serbia", "0", "00", open, false},
    {382, 382, "Montenegro", "0", "00", open, false},
    {383, 383, "Kosovo", "0", "00", open, false},
    {385, 385, "Croatia", "0", "00", open, false},
    {386, 386, "Slovenia", "0", "00", open, false},
    {387, 387, "Bosnia and Herzegovina", "0", "00", open, false},
    {389, 389, "North Macedonia", "0", "00", open, false},
    {420, 420, "Czech Republic", "", "00", closed, false},
    {421, 421, "Slovakia", "0", "00", open, false},
    {423, 423, "Liechtenstein", "", "00", closed, false},
    {500, 500, "Falkland Islands", "", "00", closed, false},
    {501, 501, "Belize", "", "00", closed, false},
    {502, 502, "Guatemala", "", "00", closed, false},
    {503, 503, "El Salvador", "", "00", closed, false},
    {504, 504, "Honduras", "", "00", closed, false},
    {505, 505, "Nicaragua", "", "00", closed, false},
    {506, 506, "Costa Rica", "", "00", closed, false},
    {507, 507, "Panama", "", "00", closed, false},
    {508, 508, "Saint Pierre and Miquelon", "0", "00", closed, false},
    {509, 509, "Haiti", "", "00", closed, false},
    {590, 590, "Guadeloupe", "0", "00", closed, false},
    {591, 591, "Bolivia", "0", "00", open, false},
    {592, 592, "Guyana", "", "001", closed, false},
    {593, 593, "Ecuador", "0", "00", open, false},
    {594, 594, "French Guiana", "0", "00", closed, false},
    {595, 595, "Paraguay", "0", "002", open, false},
    {596, 596, "Martinique", "0", "00", closed, false},
    {597, 597, "Suriname", "", "00", closed, false},
    {598, 598, "Uruguay", "", "00", closed, false},
    {599, 599, "Curaçao", "", "00", closed, false},
    {670, 670, "Timor-Leste", "", "00", closed, false},
    {672, 672, "Norfolk Island", "", "00", closed, false},
    {673, 673, "Brunei", "", "00", closed, false},
    {674, 674, "Nauru", "", "00", closed, false},
    {675, 675, "Papua New Guinea", "", "00", closed, false},
    {676, 676, "Tonga", "", "00", closed, false},
    {677, 677, "Solomon Islands", "", "00", closed, false},
    {678, 678, "Vanuatu", "", "00", closed, false},
    {679, 679, "Fiji", "", "00", closed, false},
    {680, 680, "Palau", "", "011", closed, false},
    {681, 681, "Wallis and Futuna", "", "00", closed, false},
    {682, 682, "Cook Islands", "", "00", closed, false},
    {683, 683, "Niue", "", "00", closed, false},
    {685, 685, "Samoa", "", "0", closed, false},
    {686, 686, "Kiribati", "", "00", closed, false},
    {687, 687, "New Caledonia", "", "00", closed, false},
    {688, 688, "Tuvalu", "", "00", closed, false},
    {689, 689, "French Polynesia", "", "00", closed, false},
    {690, 690, "Tokelau", "", "00", closed, false},
    {691, 691, "Micronesia", "1", "011", open, false},
    {692, 692, "Marshall Islands", "1", "011", open, false},
    {705, 7, "Kazakhstan", "8", "810", open, false},
    {800, 800, "International Freephone", "", "00", closed, false},
    {808, 808, "International Shared Cost", "", "00", closed, false},
    {850, 850, "North Korea", "0", "00", open, false},
    {852, 852, "Hong Kong", "", "001", closed, false},
    {853, 853, "Macao", "", "00", closed, false},
    {855, 855, "Cambodia", "0", "001", closed, false},
    {856, 856, "Laos", "0", "00", open, false},
    {870, 870, "Inmarsat", "", "00", closed, false},
    {880, 880, "Bangladesh", "0", "00", open, false},
    {881, 881, "Global mobile satellite systems", "", "00", closed, false},
    {882, 882, "International networks (882)", "", "00", closed, false},
    {883, 883, "International networks (883)", "", "00", closed, false},
    {886, 886, "Taiwan", "0", "002", open, false},
    {960, 960, "Maldives", "", "00", closed, false},
    {961, 961, "Lebanon", "0", "00", open, false},
    {962, 962, "Jordan", "0", "00", open, false},
    {963, 963, "Syria", "0", "00", open, false},
    {964, 964, "Iraq", "0", "00", open, false},
    {965, 965, "Kuwait", "", "00", closed, false},
    {966, 966, "Saudi Arabia", "0", "00", closed, false},
    {967, 967, "Yemen", "0", "00", open, false},
    {968, 968, "Oman", "", "00", closed, false},
    {970, 970, "Palestine", "0", "00", open, false},
    {971, 971, "United Arab Emirates", "0", "00", open, false},
    {972, 972, "Israel", "0", "00", open, false},
    {973, 973, "Bahrain", "", "00", closed, false},
    {974, 974, "Qatar", "", "00", closed, false},
    {975, 975, "Bhutan", "", "00", closed, false},
    {976, 976, "Mongolia", "0", "001", open, false},
    {977, 977, "Nepal", "0", "00", open, false},
    {979, 979, "International Premium Rate", "", "00", closed, false},
    {992, 992, "Tajikistan", "8", "810", open, false},
    {993, 993, "Turkmenistan", "8", "810", open, false},
    {994, 994, "Azerbaijan", "0", "00", open, false},
    {995, 995, "Georgia", "0", "00", open, false},
    {996, 996, "Kyrgyzstan", "0", "00", open, false},
    {998, 998, "Uzbekistan", "", "00", closed, false},
    {2125, 212, "Western Sahara", "0", "00", closed, false},
    {3906, 39, "Vatican City", "", "00", closed, false},
    {4779, 47, "Svalbard and Jan Mayen", "", "00", closed, false},
    {5997, 599, "Bonaire, Sint Eustatius and Saba", "", "00", closed, false},
    {35818, 358, "Åland Islands", "0", "00", open, false},
    {59027, 590, "Saint Barthélemy", "0", "00", closed, false},
    {59087, 590, "Saint Martin", "0", "00", closed, false},
    {262269, 262, "Mayotte", "0", "00", closed, false},
    {441481, 44, "Guernsey", "0", "00", open, false},
    {441534, 44, "Jersey", "0", "00", open, false},
    {441624, 44, "Isle of Man", "0", "00", open, false},
    {6189162, 61, "Cocos (Keeling) Islands", "0", "0011", open, false},
    {6189164, 61, "Christmas Island", "0", "0011", open, false},
};
// clang-format on

static_assert([] {
  for (std::size_t i = 1; i < std::size(table); ++i)
    if (table[i - 1].id >= table[i].id) return false;
  return table[0].id == 1;
}());

constexpr std::size_t code_digits_max = 3;

} // namespace

std::string Country::same_area_rule() const {
  return plan == Plan::closed ? long_distance_rule() : "G";
}
std::string Country::long_distance_rule() const {
  return std::string{trunk} + "FG";
}
std::string Country::international_rule() const {
  return std::string{international} + "EFG";
}

std::span<const Country> countries() {
  return table;
}

const Country* find_country(std::uint32_t id) {
  const auto at =
      std::lower_bound(std::begin(table), std::end(table), id,
                       [](const Country& each, std::uint32_t wanted) { return each.id < wanted; });
  return at != std::end(table) && at->id == id ? at : nullptr;
}

const Country* country_of_code(std::uint32_t code) {
  // The country whose id is the code stands for those that share it.
  return find_country(code);
}

std::size_t country_code_length(std::string_view digits) {
  std::uint32_t code = 0;
  for (std::size_t length = 1; length <= std::min(code_digits_max, digits.size()); ++length) {
    const char digit = digits[length - 1];
    if (digit < '0' || digit > '9' || (length == 1 && digit == '0')) return 0;
    code = code * 10 + static_cast<std::uint32_t>(digit - '0');
    if (const Country* found = find_country(code); found && found->code == code) return length;
  }
  return 0;
}

} // namespace tl::server
