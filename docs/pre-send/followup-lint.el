;;; followup-lint.el --- check a follow-up before it is sent  -*- lexical-binding: t -*-

;;; Commentary:

;; (load "/path/to/followup-lint.el") in your init file.  Serves message-mode, and with it Gnus, mu4e and notmuch.

;;; Code:

(require 'message)
(require 'subr-x)

(defvar followup-lint-command '("followup-lint")
  "The program and its first arguments.")

(defvar followup-lint-stop-on "error"
  "The mildest severity that asks before a mail goes: \"error\", \"warning\" or \"never\".")

(defun followup-lint--check (mail)
  "Return the findings on MAIL, a string with its head, or nil when it may go."
  (with-temp-buffer
    (insert mail)
    (let* ((coding-system-for-write 'utf-8)
           (coding-system-for-read 'utf-8)
           (arguments (append (cdr followup-lint-command)
                              (list "sendmail" "--sendmail" "true" "--stop-on" followup-lint-stop-on "--" "-t")))
           (status (apply #'call-process-region (point-min) (point-max) (car followup-lint-command) t t nil arguments)))
      (cond ((eql status 65) (buffer-string))
            ((eql status 0) (unless (string-empty-p (buffer-string)) (message "%s" (string-trim (buffer-string)))) nil)
            (t (message "followup-lint could not check: %s" (string-trim (buffer-string))) nil)))))

(defun followup-lint-before-send ()
  "Stop a flawed follow-up unless its writer wants to send it."
  (let* ((mail (save-restriction
                 (widen)
                 (buffer-substring-no-properties (point-min) (point-max))))
         ;; The buffer has a line of its own between head and body; a mail has a blank one.
         (separator (concat "^" (regexp-quote mail-header-separator) "$"))
         (findings (followup-lint--check (replace-regexp-in-string separator "" mail t t))))
    (when findings
      (with-current-buffer (get-buffer-create "*followup-lint*")
        (erase-buffer)
        (insert findings)
        (display-buffer (current-buffer)))
      (unless (yes-or-no-p "followup-lint has findings.  Send anyway? ")
        (user-error "Not sent: see *followup-lint*")))))

(add-hook 'message-send-hook #'followup-lint-before-send)

(provide 'followup-lint)
;;; followup-lint.el ends here
