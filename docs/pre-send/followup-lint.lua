-- Marks findings in a mail that is being written, each time it is saved; :FollowupLint does so at once.
-- Put it into ~/.config/nvim/plugin/. Serves mutt, neomutt and aerc with Neovim (0.7 or later) as their editor.

local space = vim.api.nvim_create_namespace("followup-lint")
local severities = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
  info = vim.diagnostic.severity.INFO,
}

-- A column of the report counts characters, one of Neovim counts bytes.
local function byte_column(line, column)
  return vim.str_byteindex(line, math.min(column, vim.str_utfindex(line)))
end

local function show(buffer, answer)
  local ok, report = pcall(vim.json.decode, answer)
  if not ok then
    vim.notify("followup-lint: " .. answer, vim.log.levels.WARN)
    return
  end
  local marks = {}
  for _, finding in ipairs(report.files[1].findings) do
    local row = finding.line - 1
    local line = vim.api.nvim_buf_get_lines(buffer, row, row + 1, false)[1] or ""
    local first = byte_column(line, finding.column - 1)
    local words = finding.text:match("^[^\r\n]*")
    table.insert(marks, {
      lnum = row, col = first, end_lnum = row, end_col = math.min(#line, first + #words),
      severity = severities[finding.severity], source = "followup-lint", code = finding.rule,
      message = finding.message,
    })
  end
  vim.diagnostic.set(space, buffer, marks)
end

local function check(buffer)
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n"
  local command = vim.g.followup_lint_command or "followup-lint"
  -- A draft with its head above it: as text its lines are those of the buffer.
  show(buffer, vim.fn.system(command .. " --stdin-name draft.txt --format json -", text))
end

vim.api.nvim_create_user_command("FollowupLint", function() check(0) end, {})
vim.api.nvim_create_autocmd("BufWritePost", {
  pattern = "*",
  callback = function(event)
    if vim.bo[event.buf].filetype == "mail" then check(event.buf) end
  end,
})
