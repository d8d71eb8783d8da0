# Slicer writes these into the extension's description.
foreach(field HOMEPAGE CONTRIBUTORS DESCRIPTION ICONURL SCREENSHOTURLS DEPENDS)
  if("${EXTENSION_${field}}" STREQUAL "")
    message(FATAL_ERROR "EXTENSION_${field} is not set")
  endif()
  message(STATUS "EXTENSION_${field}=${EXTENSION_${field}}")
endforeach()
