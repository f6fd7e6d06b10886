# SPDX-License-Identifier: Apache-2.0
# The build's own vocabulary: parts, programs, tests.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1")
set(CMAKE_C_FLAGS_DEBUG "-Og -g1")

add_library(trunkline_flags INTERFACE)
target_include_directories(trunkline_flags INTERFACE ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
target_compile_options(trunkline_flags INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wno-missing-field-initializers)
find_package(Threads REQUIRED)
target_link_libraries(trunkline_flags INTERFACE Threads::Threads)

if(TRUNKLINE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# Every object watches its own coverage, so that the fuzz targets see into the parts they link.
if(TRUNKLINE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "TRUNKLINE_FUZZ needs clang as compiler, this is ${CMAKE_CXX_COMPILER_ID}; tools/fuzz configures it")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
endif()

# Adds a folder that has a CMakeLists.txt of its own.
function(trunkline_add_folder folder)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
    add_subdirectory(${folder})
  endif()
endfunction()

# trunkline_part(name SOURCES a.cpp ... LINK other-part ...): a static library trunkline_<name>.
function(trunkline_part name)
  cmake_parse_arguments(PART "" "" "SOURCES;LINK" ${ARGN})
  add_library(trunkline_${name} STATIC ${PART_SOURCES})
  target_link_libraries(trunkline_${name} PUBLIC trunkline_flags ${PART_LINK})
endfunction()

# trunkline_test(name SOURCES a.cpp ... LINK part ...): a GoogleTest program, one CTest entry; LABELS optional.
function(trunkline_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 60)
  endif()
  find_package(GTest REQUIRED)
  add_executable(test_${name} ${TEST_SOURCES})
  target_link_libraries(test_${name} PRIVATE trunkline_flags ${TEST_LINK} GTest::gtest_main)
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
endfunction()
